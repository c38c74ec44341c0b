"""Do the tests bite? Each condition, policy and right of the lock is spoilt in turn, and the tests must notice (``make test-teeth``)."""
