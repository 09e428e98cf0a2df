import { Button } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/words.ts";
import { VerifyCode } from "./verify-code.tsx";

interface SecretDialogProps {
  readonly secret: string;
  readonly onClose: () => void;
}

/** A secret is shown this once, beside the code that needs it. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const words = useWords();
  return (
    <Dialog title={words.webhooks.secret} onClose={onClose} wide>
      <p className="mb-3 text-muted">{words.webhooks.secretAbout}</p>
      <div className="mb-6 flex flex-wrap items-center gap-2">
        <code className="min-w-0 grow rounded-lg bg-raised px-3 py-2 font-mono text-sm break-all">
          {secret}
        </code>
        <Copy text={secret} />
      </div>
      <VerifyCode />
      <Actions>
        <Button kind="primary" onClick={onClose}>
          {words.webhooks.secretKept}
        </Button>
      </Actions>
    </Dialog>
  );
}
