import { Toast } from "radix-ui";
import { createContext, use, useCallback, useState, type ReactNode } from "react";
import { Button } from "./button";

interface Message {
  id: number;
  text: string;
  undo?: (() => void) | undefined;
}

const Tell = createContext<(text: string, undo?: () => void) => void>(() => undefined);

/** Tells something in passing; with `undo`, a button takes it back. */
export const useTell = () => use(Tell);

export function Toasts({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const tell = useCallback((text: string, undo?: () => void) => {
    setMessages((now) => [...now.slice(-2), { id: Date.now() + Math.random(), text, undo }]);
  }, []);
  const drop = (id: number) => setMessages((now) => now.filter((message) => message.id !== id));
  return (
    <Tell value={tell}>
      <Toast.Provider duration={6000}>
        {children}
        {messages.map(({ id, text, undo }) => (
          <Toast.Root
            key={id}
            onOpenChange={(open) => !open && drop(id)}
            className="flex items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2.5 shadow-float"
          >
            <Toast.Description>{text}</Toast.Description>
            {undo && (
              <Toast.Action asChild altText="Undo">
                <Button look="quiet" onClick={undo}>
                  Undo
                </Button>
              </Toast.Action>
            )}
          </Toast.Root>
        ))}
        <Toast.Viewport className="fixed bottom-5 right-5 z-50 flex max-w-[calc(100vw-40px)] flex-col gap-2" />
      </Toast.Provider>
    </Tell>
  );
}
