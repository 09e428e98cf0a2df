// The only door to Baileys. What is mended in libsignal has to be mended before Baileys loads.
import "../../../libsignal/mended.ts";

export {
  addTransactionCapability,
  BufferJSON,
  decryptPollVote,
  DEFAULT_CONNECTION_CONFIG,
  encodeBinaryNode,
  generateWAMessageContent,
  getMediaKeys,
  getWAUploadToServer,
  initAuthCreds,
  jidDecode,
  jidEncode,
  makeWASocket,
  proto,
  unpadRandomMax16,
} from "@whiskeysockets/baileys";

export type {
  AuthenticationCreds,
  BaileysEventMap,
  BinaryNode,
  CacheStore,
  GroupMetadata,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
  SocketConfig,
  UserFacingSocketConfig,
  WAMessage,
  WASocket,
} from "@whiskeysockets/baileys";
