"""An invented county and its partnership: what `make run` shows to somebody who looks for the first time.

Every body, person and text here is made up. Dates are relative to the day it is loaded.
"""
