import { createContext } from "react";

/**
 * Fetches a remote image after the reader's click and gives an address on this origin (`blob:` or a path) to show.
 * Rejects when the image could not be had. Without a loader images cannot be loaded.
 */
export type LoadImage = (url: string) => Promise<string>;

export const ImageLoader = createContext<LoadImage | undefined>(undefined);
