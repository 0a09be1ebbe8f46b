//! The trees that are shipped, as files.

use std::path::Path;

use super::Files;

/// Every file under `trees/`.
pub fn shipped() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("trees");
    add(Files::new(), &root, &root)
}

fn add(mut files: Files, root: &Path, folder: &Path) -> Files {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files = add(files, root, &path);
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files = files.file(&name, &std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}
