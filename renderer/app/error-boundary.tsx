import Button from '@mui/material/Button';
import { Component, type ReactNode } from 'react';
import { ScreenMessage } from '#renderer/ui/screen-message.tsx';

interface Props {
  readonly onLeave: () => void;
  readonly children: ReactNode;
}

/** A defect in a screen: said plainly, without what was on it. React asks for a class here. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  private readonly leave = () => {
    this.props.onLeave();
    this.setState({ failed: false });
  };

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <ScreenMessage
        alert
        title="This screen has failed"
        action={
          <Button variant="contained" onClick={this.leave}>
            Lock and start again
          </Button>
        }
      >
        Everything that was said to be saved is safe. What was typed in the last second may not be.
      </ScreenMessage>
    );
  }
}
