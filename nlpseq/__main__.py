"""`python -m nlpseq` is the console command `nlpseq`."""

import sys

from nlpseq.cli.main import main

sys.exit(main())
