//! Phone-call stories, one behaviour a file.
