/** What an account sorts its chats and messages by. */
export interface Label {
  readonly id: string;
  readonly name: string;
  /** Which of WhatsApp's colours, from 0 on. */
  readonly color: number;
}
