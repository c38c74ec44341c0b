"""From the demo's source material to the exchange format of docs/case-format.md."""
