//! Sound that can be played, and in which there is nothing to be heard.

/// Bytes of a frame: 24 ms at 32 kbit/s.
const FRAME: usize = 96;
const FRAME_MILLISECONDS: u64 = 24;
/// MPEG-2, layer III, no checksum; 32 kbit/s, 24 kHz.
const HEADER: [u8; 3] = [0xff, 0xf3, 0x44];
/// The header's last byte: the channels.
const MONO: u8 = 0xc0;
const TWO_CHANNELS: u8 = 0x80;

/// So many seconds of silence as MP3. Side information of zeros says that a frame has no sound; what follows it is nobody's,
/// and so counts the frames: no two parts of the file are the same.
pub(crate) fn silence(seconds: u64, channels: u8) -> Vec<u8> {
    let frames = (seconds * 1000).div_ceil(FRAME_MILLISECONDS);
    let mut file = Vec::new();
    for number in 0..frames {
        let mut frame = [0; FRAME];
        frame[..3].copy_from_slice(&HEADER);
        frame[3] = if channels == 1 { MONO } else { TWO_CHANNELS };
        frame[FRAME - 8..].copy_from_slice(&number.to_be_bytes());
        file.extend(frame);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_long_as_was_recorded() {
        for (seconds, frames) in [(0, 0), (3, 125), (4, 167)] {
            assert_eq!(silence(seconds, 1).len(), frames * FRAME);
        }
        let (mono, two) = (silence(3, 1), silence(3, 2));
        assert_eq!((&mono[..4], &two[..4]), (&[0xff, 0xf3, 0x44, 0xc0][..], &[0xff, 0xf3, 0x44, 0x80][..]));
        assert_ne!(mono[..FRAME], mono[FRAME..2 * FRAME]);
    }
}
