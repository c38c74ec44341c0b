"""Files that people add: good ones, bad ones, and the scanner."""
