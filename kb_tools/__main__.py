"""`python -m kb_tools` is `kb`, and so is the script that the package installs."""

import signal


def main() -> None:
    """Run `kb`; interrupted while it still starts, it ends without a word."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kb_tools.commands.cli import run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
