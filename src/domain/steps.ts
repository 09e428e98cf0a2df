/**
 * The moments at which the death of the process is most dangerous: between any two of them something
 * is known to one side only. Fault campaigns kill the gateway at each; nothing else uses them.
 */
export const STEPS = [
  /** A ratchet has stepped in memory; neither it nor the plaintext is stored. */
  "decrypted",
  /** Ratchet and plaintext are durable; nobody has been told. */
  "inbox-committed",
  /** The message is on its way to the log, and its receipt is the next thing WhatsApp hears. */
  "receipt-due",
  /** WhatsApp forgets the message now; whether it is in the log is open. */
  "receipt-sent",
  /** The event is written in a transaction that is still open. */
  "append-written",
  /** The event is durable; no reader has been woken. */
  "append-committed",
  /** A send is durable; nothing has been done for it and the caller has no answer. */
  "intent-committed",
  /** The message is built and marked as being sent; no byte has left. */
  "transmit-due",
  /** The bytes have left; WhatsApp's answer has not come. */
  "transmitted",
  /** WhatsApp's answer has come and is not stored. */
  "ack-heard",
  /** A webhook's receiver has answered, and that is not stored. */
  "webhook-answered",
] as const;

export type StepName = (typeof STEPS)[number];

/** Told of each passage, before anything else happens; left out in all but a fault campaign. */
export type Step = (name: StepName) => void;
