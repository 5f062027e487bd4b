"""From a checkpoint to the int8 ONNX file that the gateway loads."""

import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from training.encoder import BASE, Classifier, load_checkpoint

LIGHTER_TOKENIZER = ("truncation", "padding", "post_processor")
"""Parts of the tokenizer's file that the gateway does itself or must not do."""


class OneWindow(nn.Module):
    """The classifier for a single window without padding: ids in, class probabilities out."""

    def __init__(self, classifier: Classifier) -> None:
        super().__init__()
        self._classifier = classifier

    def forward(self, input_ids: Tensor) -> Tensor:
        probabilities: Tensor = self._classifier(input_ids, torch.ones_like(input_ids)).softmax(-1)
        return probabilities


def export_encoder(checkpoint: Path, folder: Path) -> Path:
    """Writes `encoder.onnx` and `tokenizer.json` into the folder; gives the model's path."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        _to_onnx(OneWindow(load_checkpoint(checkpoint).eval()), plain)
        _fuse(plain, fused)
        _quantise(fused, folder / "encoder.onnx")
    export_tokenizer(folder / "tokenizer.json")
    return folder / "encoder.onnx"


def _to_onnx(model: nn.Module, path: Path) -> None:
    torch.onnx.export(
        model,
        (torch.ones(1, 12, dtype=torch.long),),
        str(path),
        input_names=["input_ids"],
        output_names=["probabilities"],
        dynamic_axes={"input_ids": {1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )


def _fuse(plain: Path, fused: Path) -> None:
    """Attention, layer normalisation and the activation become one operator each."""
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    model = optimize_model(str(plain), "bert", num_heads=12, hidden_size=384, optimization_options=options)
    model.save_model_to_file(str(fused))


def _quantise(fused: Path, path: Path) -> None:
    """Weights as signed bytes per channel, in seven bits: without VNNI, eight would saturate."""
    quantize_dynamic(
        str(fused),
        str(path),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    onnx.checker.check_model(str(path))


def export_tokenizer(path: Path) -> None:
    """The base model's tokenizer without truncation, padding and special tokens."""
    fields = json.loads((BASE / "tokenizer.json").read_text(encoding="utf-8"))
    fields |= dict.fromkeys(LIGHTER_TOKENIZER)
    path.write_text(json.dumps(fields, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def copy_weights(source: Path, target: Path) -> None:
    """Puts the exported files where the gateway ships them from."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("encoder.onnx", "tokenizer.json", "screen.npz", "calibration.json"):
        shutil.copyfile(source / name, target / name)
