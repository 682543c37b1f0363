import { Component, type ReactNode } from 'react';
import { useText } from '#platform/language.tsx';
import { Button, Empty } from '#ui/index.tsx';
import { text } from './text.ts';

type Props = { children: ReactNode /** A new value opens the screen anew. */; place: string };
type State = { failed: boolean; place: string };

/** A failing screen says so; the frame around it stays, and other screens open as ever. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { failed: false, place: props.place };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Crashed onReopen={() => this.setState({ failed: false })} />;
  }
}

export function Crashed({ onReopen }: { onReopen: () => void }) {
  const t = useText(text);
  return (
    <Empty
      icon="warn"
      title={t.crashed}
      about={t.crashedAbout}
      action={
        <Button icon="refresh" onClick={onReopen}>
          {t.reopen}
        </Button>
      }
    />
  );
}
