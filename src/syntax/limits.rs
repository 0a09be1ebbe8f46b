//! How much a script may hold before reading it is refused.

/// Limits against files that would take a machine down. What is over one is `too-large`, and is not read any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: usize,
    /// How deep values may be nested, aliases written out.
    pub depth: usize,
    /// How many values all aliases of a file may stand for.
    pub aliases: usize,
    /// Steps of a tree, remedies included.
    pub steps: usize,
}

impl Default for Limits {
    /// 8 MiB, 64 levels, 10,000 values by aliases, 100,000 steps: far above what people write.
    fn default() -> Self {
        Self {
            bytes: 8 * 1024 * 1024,
            depth: 64,
            aliases: 10_000,
            steps: 100_000,
        }
    }
}
