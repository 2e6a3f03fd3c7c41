interface Engine {
  instantiate(code: Uint8Array, imports: Imports): Promise<{ instance: object; module: object }>;
}

/** The functions that WebAssembly code may call, by module and name. */
export type Imports = Record<string, Record<string, unknown>>;

/** Node has WebAssembly, but its types come with those of browsers only, which this project leaves out. */
export const webAssembly = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
