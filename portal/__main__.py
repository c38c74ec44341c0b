"""``python -m portal``: the commands of portal/cli.py."""

from portal.cli import main

if __name__ == "__main__":
    main()
