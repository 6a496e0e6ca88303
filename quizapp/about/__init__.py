"""About the bank: what it holds, what it covers, and that it cannot be guessed, in figures for everybody."""
