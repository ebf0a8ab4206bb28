"""One act on many entries: chosen on the register's list, shown before it is done, told after."""
