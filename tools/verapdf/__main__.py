"""python -m tools.verapdf FILE ..."""

import sys

from tools.verapdf import main

sys.exit(main(sys.argv[1:]))
