import { useEffect, useRef, useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { toast } from "../ui/toast.tsx";
import { useWords } from "../words/words.ts";

interface RecorderProps {
  readonly onRecorded: (recording: File) => void;
  /** The rest of the form makes place while somebody speaks. */
  readonly onRecording: (isOn: boolean) => void;
}

/** Records a voice note: one press begins, another sends. Nothing leaves the page before. */
export function Recorder({ onRecorded, onRecording }: RecorderProps) {
  const words = useWords().chat;
  const [recorder, setRecorder] = useState<MediaRecorder>();
  const [seconds, setSeconds] = useState(0);
  const isKept = useRef(false);

  useEffect(() => {
    onRecording(recorder !== undefined);
    if (!recorder) return undefined;
    const timer = setInterval(() => setSeconds((known) => known + 1), 1_000);
    return () => {
      clearInterval(timer);
      for (const track of recorder.stream.getTracks()) track.stop();
    };
  }, [recorder, onRecording]);

  async function begin(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const made = new MediaRecorder(stream);
      const parts: Blob[] = [];
      made.addEventListener("dataavailable", ({ data }) => parts.push(data));
      made.addEventListener("stop", () => {
        setRecorder(undefined);
        if (isKept.current) onRecorded(new File(parts, "voice-note", { type: made.mimeType }));
      });
      isKept.current = false;
      setSeconds(0);
      made.start();
      setRecorder(made);
    } catch {
      toast("bad", words.noMicrophone);
    }
  }
  function end(isToBeSent: boolean): void {
    isKept.current = isToBeSent;
    recorder?.stop();
  }

  if (!recorder) {
    return <IconButton icon="microphone" label={words.record} onClick={() => void begin()} />;
  }
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span className="flex grow items-center gap-2">
      <IconButton icon="trash" label={words.discard} onClick={() => end(false)} />
      <span role="timer" className="flex grow items-center gap-2 text-bad tabular-nums">
        <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-bad" />
        {words.recording} {time}
      </span>
      <IconButton icon="send" label={words.send} onClick={() => end(true)} />
    </span>
  );
}
