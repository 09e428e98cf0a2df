import type { Account } from "../simulator/index.ts";
import type { Gateway } from "./gateway.ts";

/** Creates an instance and links it to a phone. */
export async function linkInstance({ url }: Gateway, phone: Account, id: string): Promise<void> {
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}${path}`, {
      ...(body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  await call("/instances", { instanceId: id });
  const { qr } = await call<{ qr: string }>(`/instances/${id}/qr`);
  await phone.link({ qr });
  for (;;) {
    const { status } = await call<{ status: string }>(`/instances/${id}/status`);
    if (status === "OPEN") return;
  }
}
