// Loaded before the emulator: ends it when the test process that holds its standard input is gone, however that ended.
process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0)).resume();
