//! The file of a store and its folders: made so that they outlast a power cut and nobody else reads them; which file it is.

use std::path::Path;
use std::{fs, io};

/// Which file stands at a path, so that one notices when it is another one.
#[cfg(unix)]
pub(super) type FileId = (u64, u64);

#[cfg(unix)]
pub(super) fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
pub(super) type FileId = ();

#[cfg(not(unix))]
pub(super) fn file_id(_: &Path) -> Option<FileId> {
    None
}

/// Makes a folder and those around it, so that they are still there after the power went out.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<&Path> = missing.collect();
    fs::create_dir_all(folder)?;
    for around in missing.into_iter().filter_map(Path::parent) {
        make_sure(around);
    }
    Ok(())
}

/// Waits until the disk knows what is in a folder. Where a system knows no such thing nothing is lost by it.
pub(super) fn make_sure(folder: &Path) {
    let here = Path::new(".");
    let folder = if folder == Path::new("") {
        here
    } else {
        folder
    };
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Makes the file so that nobody else on this computer reads it: what callers said is in it. Says whether it was made.
#[cfg(unix)]
pub(super) fn make_private(path: &Path) -> bool {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    // Where it cannot be made, opening it says why.
    options.open(path).is_ok()
}

#[cfg(not(unix))]
pub(super) fn make_private(_: &Path) -> bool {
    false
}
