/** The bounds of the door, each with its reason. Times are milliseconds, sizes bytes. */

const KIB = 1024;
const MIB = 1024 * KIB;

/** Longer than any link we make; a query that needs more belongs into a POST. */
export const MAX_URL_LENGTH = 8 * KIB;

/** All headers of a request together. Keys, cookies of other programs on localhost and tracing fit many times. */
export const MAX_HEADERS_BYTES = 16 * KIB;
export const MAX_HEADERS = 100;

/** A slow-loris socket lives no longer than this; an honest client sends its headers in one packet. */
export const HEADERS_TIMEOUT_MS = 10_000;

/** How often Node looks for requests that ran out of time; its own 30 s would treble the limit above. */
export const TIMEOUT_CHECK_MS = 2_500;

/** Above the 60 s of common proxies, so that it is not us who closes while a request is on its way. */
export const KEEP_ALIVE_MS = 65_000;

/** Time for a whole body of JSON, and for an upload: 100 MiB over 7 Mbit/s. */
export const BODY_TIMEOUT_MS = 30_000;
export const UPLOAD_TIMEOUT_MS = 120_000;

/** A message, a webhook, a query: the largest text WhatsApp takes is 256 KiB. */
export const MAX_JSON_BYTES = MIB;

/**
 * Where JSON may carry a file as base64: 12 MiB of it. It has to be parsed in one go (16 MiB hold the
 * event loop for some 50 ms), so larger files come as uploads or by URL.
 */
export const MAX_BASE64_JSON_BYTES = 16 * MIB;

/** A file being uploaded. It is in memory once until WhatsApp has it. */
export const MAX_UPLOAD_BYTES = 100 * MIB;

/** All bodies that are being read or answered. Two of the largest uploads and many small requests beside them. */
export const MAX_BODIES_BYTES = 256 * MIB;

/** What a refused sender may still send (and we throw away) before the connection is cut: it must get to read our answer. */
export const LINGER_MS = 2_000;

/** Twice the 5,000 live subscribers a gateway is measured with, and what else is connected beside them. */
export const MAX_WEBSOCKETS = 10_000;
export const MAX_CONNECTIONS = 12_000;

/** A tenth of all: a client that forgets to close its sockets keeps nobody else out. */
export const MAX_STREAMS_PER_KEY = 1_000;

/** How long a client may take to answer our goodbye. */
export const GOODBYE_MS = 500;

/** A frame holds one operation. Files do not come this way, so the largest is a long text in `variables`. */
export const MAX_FRAME_BYTES = 256 * KIB;

/**
 * In how many pieces a message may come: of the protocol, which nobody uses for so small a message, and of
 * the network, where 256 KiB are some 200 packets. Each piece costs much more memory than a byte.
 */
export const MAX_FRAGMENTS = 64;
export const MAX_BUFFERED_CHUNKS = 1_024;

/** A dashboard keeps a handful open; one socket must not hold thousands of readers of the log. */
export const MAX_OPERATIONS_PER_SOCKET = 50;

/** So many are answered with an error each; who goes on then floods us, and is hung up on. */
export const MAX_REFUSED_IN_A_ROW = 100;

/** Until `connection_init` is there the caller is nobody. */
export const INIT_WAIT_MS = 3_000;

/** Half of the shortest idle time-out of common proxies; a peer that misses one is dead. */
export const PING_EVERY_MS = 12_000;

/** How long a stopping server lets running requests finish, before it cuts them. */
export const CLOSE_GRACE_MS = 1_500;

/** The query text alone. 2,000 tokens need less than 20 KiB; the rest is comments. */
export const MAX_QUERY_LENGTH = 32 * KIB;
export const MAX_QUERY_TOKENS = 2_000;

/** More is not read by anybody, and each has to be made and sent. */
export const MAX_VALIDATION_ERRORS = 5;

/** Parsed documents that are kept, at some hundred KiB for the largest: clients send the same few again and again. */
export const KEPT_DOCUMENTS = 200;

/**
 * A form: an operation with its map and a file for each of its variables, or the fields of a REST call. Each
 * part costs an object: a form of a million empty ones would be a gigabyte.
 */
export const FORM_LIMITS = {
  parts: 24,
  fields: 16,
  files: 8,
  fieldNameSize: 128,
  fieldSize: MAX_JSON_BYTES,
  fileSize: MAX_UPLOAD_BYTES,
};
