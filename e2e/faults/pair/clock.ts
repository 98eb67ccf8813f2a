// Loaded before the server: its machine's clock is wrong by what the harness says, from the start and while it runs.
const right = Date.now;
let wrongBy = Number(process.env.FAULTS_WRONG_BY ?? 0);
Date.now = () => right() + wrongBy;
process.on('message', (said: { wrongBy?: number }) => { wrongBy = said.wrongBy ?? wrongBy; });
