"""``python -m nqparse`` is the command ``nqparse``."""

from nqparse.cli import main

if __name__ == "__main__":
    main()
