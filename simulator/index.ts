export { startSimulator, type Simulator } from "./simulator.ts";
export type { Account } from "./accounts/account.ts";
export { SimulatorError, type SimulatorErrorCode } from "./errors.ts";
export type { Fault, FaultKind } from "./faults/faults.ts";
export type { Group } from "./groups/group.ts";
export type { OutgoingContent } from "./messages/content.ts";
export type { ReceivedMessage } from "./messages/received-log.ts";
export type { ReceivedReceipt } from "./receipts/receipt-log.ts";
