import { useMutation } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Scan = Schema["ScanOut"];
export type Surface = Schema["ScanSurface"];

export const useScan = () =>
  useMutation({
    mutationFn: (body: { text: string; surface: Surface }) => unwrap(api.POST("/scan", { body })),
  });
