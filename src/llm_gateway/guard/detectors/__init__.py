"""One package per detector, or one file; each rule stands beside its positive and negative samples."""
