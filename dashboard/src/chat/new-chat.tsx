import { useState } from "react";
import { useMay } from "../api/session.ts";
import { go } from "../shell/route.ts";
import { IconButton } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";
import { chatAddress } from "./address.ts";

/** Opens a chat with a number; it begins with the first message. */
export function NewChat({ instanceId }: { readonly instanceId: string }) {
  const words = useWords().chat;
  const [phone, setPhone] = useState("");
  if (!useMay("messages:send")) return null;
  return (
    <form
      className="flex gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        const digits = phone.replaceAll(/\D/g, "");
        if (digits === "") return;
        setPhone("");
        go(chatAddress(instanceId, `${digits}@s.whatsapp.net`));
      }}
    >
      <input
        type="tel"
        aria-label={words.newChat}
        placeholder={words.newChat}
        value={phone}
        onChange={({ target }) => setPhone(target.value)}
        className="h-9 min-w-0 grow rounded-lg border border-edge bg-surface px-3 placeholder:text-faint"
      />
      <IconButton type="submit" icon="plus" label={words.openNew} />
    </form>
  );
}
