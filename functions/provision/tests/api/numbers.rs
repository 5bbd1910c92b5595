//! Accounts, the market, purchases and what becomes of numbers, as their clients see them.
