//! Phone numbers: parsed E.164, masked in logs, spoken digit by digit.
