using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Among what a pipeline was chosen on its training rows. Its losses are no performance: the best of several is flattered.</summary>
/// <param name="Measure">What held-out rows were judged by.</param>
/// <param name="Folds">Inner folds that were used; less than 2 where none were possible, and the first alternative was taken.</param>
public sealed record ChoiceRecord(string Chosen, string Measure, int Folds, int Repeats, IReadOnlyList<JudgedAlternative> Alternatives)
{
    internal object ToJson() => new
    {
        chosen = Chosen,
        measure = Measure,
        folds = Folds,
        repeats = Repeats,
        alternatives = Alternatives.Select(a => new { name = a.Name, loss = a.Loss }).ToArray(),
    };

    internal static ChoiceRecord Read(JsonElement json) => new(
        PlainJson.Text(json, "chosen"),
        PlainJson.Text(json, "measure"),
        TuningRecord.ReadCount(json, "folds"),
        TuningRecord.ReadCount(json, "repeats"),
        [.. PlainJson.Array(json, "alternatives").EnumerateArray().Select(a => new JudgedAlternative(PlainJson.Text(a, "name"), TuningRecord.ReadLoss(a)))]);
}

/// <param name="Loss">Less is better; null where it could not be judged.</param>
public sealed record JudgedAlternative(string Name, double? Loss);
