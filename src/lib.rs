//! fixpath: troubleshooting scripts in YAML, checked like source code, compiled into a decision graph, and walked.
