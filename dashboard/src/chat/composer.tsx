import { useEffect, useRef, useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { useWords } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { Recorder } from "./recorder.tsx";

interface ComposerProps {
  readonly quoted: Bubble | undefined;
  readonly onUnquote: () => void;
  readonly onText: (text: string) => void;
  readonly onVoiceNote: (recording: File) => void;
  readonly onFiles: (files: readonly File[], caption: string) => void;
}

/** Enter sends, Shift and Enter begin a new line. */
export function Composer({ quoted, onUnquote, onText, onVoiceNote, onFiles }: ComposerProps) {
  const words = useWords();
  const [text, setText] = useState("");
  const [isRecording, setRecording] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (quoted) area.current?.focus();
  }, [quoted]);

  function send(): void {
    const said = text.trim();
    if (said === "") return;
    onText(said);
    setText("");
  }

  return (
    <form
      className="border-t border-line bg-surface p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {quoted && (
        <div className="mb-2 flex items-center gap-2 rounded-lg border-l-3 border-accent bg-raised py-1.5 pr-1 pl-3">
          <p className="min-w-0 grow truncate text-muted">
            {quoted.text ?? words.kinds[quoted.kind]}
          </p>
          <IconButton icon="close" label={words.chat.unquote} onClick={onUnquote} />
        </div>
      )}
      <div className="flex items-end gap-1">
        <input
          ref={files}
          type="file"
          multiple
          hidden
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])], text.trim());
            setText("");
            target.value = "";
          }}
        />
        {!isRecording && (
          <>
            <IconButton
              icon="attach"
              label={words.chat.attach}
              onClick={() => files.current?.click()}
            />
            <textarea
              ref={area}
              rows={1}
              aria-label={words.chat.message}
              placeholder={words.chat.message}
              value={text}
              onChange={({ target }) => setText(target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing)
                  return;
                event.preventDefault();
                send();
              }}
              className="field-sizing-content max-h-40 min-h-9 grow resize-none rounded-lg border border-edge bg-surface px-3 py-1.5 leading-6 placeholder:text-faint"
            />
          </>
        )}
        {text.trim() === "" ? (
          <Recorder onRecorded={onVoiceNote} onRecording={setRecording} />
        ) : (
          <IconButton type="submit" icon="send" label={words.chat.send} />
        )}
      </div>
    </form>
  );
}
