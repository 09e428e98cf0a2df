// The only door to Baileys. What is mended in libsignal has to be mended before Baileys loads.
import "../../../libsignal/mended.ts";

export {
  addTransactionCapability,
  BufferJSON,
  decryptEventResponse,
  decryptMediaRetryData,
  decryptPollVote,
  DEFAULT_CONNECTION_CONFIG,
  encodeBinaryNode,
  encryptMediaRetryRequest,
  generateMessageIDV2,
  generateWAMessageContent,
  getBinaryNodeChild,
  getBinaryNodeChildren,
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
  MediaType,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
  SocketConfig,
  UserFacingSocketConfig,
  WAMessage,
  WASocket,
} from "@whiskeysockets/baileys";
