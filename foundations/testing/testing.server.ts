/** What tests share: a stair in a box, a wire one can cut, devices, and the question whether everyone agrees. */
export { busyWith } from './busy.ts';
export { CuttableProxy } from './cuttable-proxy.ts';
export { ManualClock } from './manual-clock.ts';
export { caughtUp, rawly } from './by-hand.ts';
export { seeded, type Dice } from './dice.ts';
export { FaultyWire, type Faults } from './faulty-wire.ts';
export { device, type Device } from './device.ts';
export { disagreements, marksIn } from './everyone-agrees.ts';
export { LossyBus } from './lossy-bus.ts';
export { mailCatcher, readMail, type Mail } from './mail-catcher.ts';
export { PushService, type Subscribed } from './push-service.ts';
export { selfSigned } from './self-signed.ts';
export { until } from './until.ts';
export { codeOf, Paper, type PaperAnswer } from './on-paper.ts';
export { WobblyPool } from './wobbly-pool.ts';
export * from './small-house.ts';
export { letIn, letOut, smallBox, type SmallBox } from './small-box.ts';
export { ThinLine, type Thinness } from './thin-line.ts';
