using System.Text.Json;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>One object a case and region, each on a line of its own.</summary>
internal sealed class JsonResultWriter(TextWriter output, IReadOnlyList<FeatureDefinition> columns) : ResultWriter(output, columns)
{
    private bool _any;

    public override void Begin() => Output.Write('[');

    public override void Write(RegionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Output.Write(_any ? ",\n" : "\n");
        _any = true;
        Output.Write(JsonSerializer.Serialize(
            new
            {
                result.Case,
                result.Roi,
                result.Source,
                result.Modality,
                result.Failure,
                result.Warnings,
                features = result.Values.Where(v => !IsDiagnostic(v)).Select(v =>
                    new { v.Definition.Tag, v.Definition.IbsiCode, v.Definition.Family, v.Definition.Aggregation, v.Definition.Unit, v.Value, v.Missing }),
                diagnostics = result.Values.Any(IsDiagnostic)
                    ? result.Values.Where(IsDiagnostic).Select(v => new { v.Definition.Tag, v.Value })
                    : null,
            },
            CanonicalJson.Options));
    }

    public override void End()
    {
        Output.Write("\n]\n");
        base.End();
    }

    private static bool IsDiagnostic(FeatureValue value) => value.Definition.Family == ImagingPlan.DiagnosticsFamily;
}
