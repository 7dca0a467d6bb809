import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Failure } from '../api/client.ts';

/** Called when the API says that there is no session any more. */
export const SignedOut = createContext<() => void>(() => {});

/** Turns a failure into words, and leads to the login when that is what is missing. */
export function useFailureWords(): (error: unknown) => string {
  const signedOut = useContext(SignedOut);
  return (error) => {
    if (error instanceof Failure && error.status === 401) signedOut();
    return Failure.words(error);
  };
}
