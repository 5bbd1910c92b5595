//! Where the laptop keeps what must survive a restart.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A directory that holds everything that a local stack keeps: the table, the generated secrets, and
/// while it runs the note of where it can be reached.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
}

/// Held while a stack uses the directory; dropping it lets the next one in. The operating system
/// drops it for a process that dies.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

/// The directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// It is not there and cannot be made, or its files cannot be written.
    #[error("the data directory {path} cannot be used; choose another with --data")]
    Unusable {
        /// The directory, or the file in it.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process uses it.
    #[error("another Dutyline is running on the data in {path}; stop it, or choose another directory with --data")]
    InUse {
        /// The directory.
        path: PathBuf,
    },
}

impl DataDir {
    /// The directory at `path`, made if it is not there.
    ///
    /// # Errors
    /// [`DataDirError::Unusable`].
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, DataDirError> {
        let path = path.into();
        match fs::create_dir_all(&path) {
            Ok(()) => Ok(Self { path }),
            Err(source) => Err(DataDirError::Unusable { path, source }),
        }
    }

    /// Makes this process the only one that uses the directory.
    ///
    /// # Errors
    /// [`DataDirError::InUse`] when another holds it.
    pub fn claim(&self) -> Result<Claim, DataDirError> {
        let path = self.path.join("lock");
        let unusable = |source| DataDirError::Unusable { path: path.clone(), source };
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Claim { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataDirError::InUse { path: self.path.clone() }),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }

    /// The directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The table's file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.path.join("dutyline.db")
    }

    /// The file of generated secrets.
    #[must_use]
    pub fn secrets(&self) -> PathBuf {
        self.path.join("secrets.json")
    }

    /// What the pretend Twilio's accounts have.
    #[must_use]
    pub fn twilio(&self) -> PathBuf {
        self.path.join("twilio.json")
    }

    /// There once the organisation to begin with has been set up, or was not wanted.
    #[must_use]
    pub fn seeded(&self) -> PathBuf {
        self.path.join("seeded")
    }

    /// The note of where the running stack can be reached.
    #[must_use]
    pub fn running(&self) -> PathBuf {
        self.path.join("running.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let directory = tempfile::tempdir().unwrap();
        let data = DataDir::open(directory.path().join("a/b")).unwrap();
        let claim = data.claim().unwrap();
        assert!(matches!(data.claim(), Err(DataDirError::InUse { .. })));
        drop(claim);
        data.claim().unwrap();
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "").unwrap();
        let error = DataDir::open(&path).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the data directory {} cannot be used; choose another with --data", path.display())
        );
    }
}
