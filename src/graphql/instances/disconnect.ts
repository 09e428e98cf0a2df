import type { CloseReason, Disconnect } from "../../domain/instance.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const CloseReasonType = builder.enumType("CloseReason", {
  description: "Why a connection to WhatsApp ended.",
  values: described<CloseReason>({
    CONNECTION_LOST: "WhatsApp stopped answering. The gateway reconnects.",
    CONNECTION_CLOSED: "The socket was closed. The gateway reconnects.",
    TIMED_OUT: "WhatsApp did not answer in time. The gateway reconnects.",
    SERVICE_UNAVAILABLE: "WhatsApp is not available now. The gateway reconnects.",
    BAD_SESSION: "WhatsApp ended the session with an internal error. The gateway reconnects.",
    RESTART_REQUIRED: "WhatsApp asked for a new connection, which follows at once.",
    LOGGED_OUT: "The device was unlinked. Link it again.",
    FORBIDDEN: "WhatsApp refuses this account: it may be banned. Stays stopped.",
    CLIENT_OUTDATED: "WhatsApp refuses this client version. Set WHATSAPP_VERSION or update.",
    MULTIDEVICE_MISMATCH: "The account does not take linked devices as they are. Stays stopped.",
    REPLACED: "Another client took over this very session. Stays stopped until it is started.",
    QR_EXPIRED: "No one scanned the QR code. Ask for a QR code to start linking again.",
    BAD_FRAME: "WhatsApp sent what could not be read. The gateway reconnects.",
    UPGRADE_REFUSED: "The server did not open a WebSocket. The gateway reconnects.",
    PROXY_FAILED:
      "The proxy of the instance cannot be reached or lets nothing through. The gateway tries again.",
    STORE_FAILED: "The gateway's database failed. The gateway reconnects.",
    STOPPED_BY_USER: "The instance was stopped by a call. Start it again with a call.",
    RESTARTED_BY_USER: "The instance was restarted by a call. A new connection follows at once.",
    GATEWAY_STOPPED: "The gateway was stopped or died. It reconnects at its next start.",
  }),
});

export const DisconnectType = builder.objectRef<Disconnect>("Disconnect").implement({
  description: "How a connection to WhatsApp ended.",
  fields: (t) => ({
    code: t.exposeInt("code", {
      nullable: true,
      description: "WhatsApp's status code, where there was one.",
    }),
    reason: t.expose("reason", { type: CloseReasonType, description: "What the end means." }),
    message: t.exposeString("message", { description: "The same in words, for people." }),
    at: t.expose("at", { type: "DateTime", description: "When it ended." }),
  }),
});
