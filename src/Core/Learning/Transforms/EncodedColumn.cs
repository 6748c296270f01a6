using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What becomes of one column of the table: itself, a score, or indicators.</summary>
/// <param name="Levels">Labels that are known; null for a number.</param>
/// <param name="Places">Of each label its indicator's place in <paramref name="Outputs"/>, −1 for the reference; null for a number or a score.</param>
internal sealed record EncodedColumn(string Source, string[]? Levels, int[]? Places, string[] Outputs)
{
    public static EncodedColumn Number(string name) => new(name, null, null, [name]);

    public static EncodedColumn Scores(string name, string[] levels) => new(name, levels, null, [name]);

    public static EncodedColumn Indicators(string name, string[] levels, int[] places, string[] outputs) => new(name, levels, places, outputs);

    public static void CheckCodes(string name, Categories categories, ReadOnlySpan<double> codes)
    {
        foreach (var code in codes)
        {
            if (!double.IsNaN(code) && !(code >= 0 && code < categories.Levels.Count && code == Math.Floor(code)))
                throw new BadInputException("learning.category", $"Column '{name}' is categorical and holds a value that is no level; put 'encode' before what changes values.", name);
        }
    }

    /// <summary>Writes the column <paramref name="output"/> of <see cref="Outputs"/>.</summary>
    public void Write(Predictors predictors, int column, int output, bool refuseUnseen, Span<double> target)
    {
        var source = predictors.Column(column);
        var isCategorical = predictors.Categories.TryGetValue(Source, out var categories);
        if (isCategorical != (Levels is not null))
        {
            throw new BadInputException(
                "learning.category", $"Column '{Source}' was {(isCategorical ? "a number" : "categorical")} in training; give it the same type here.", Source);
        }
        if (Levels is null)
        {
            source.CopyTo(target);
            return;
        }
        CheckCodes(Source, categories!, source);
        var valueOf = new double[categories!.Levels.Count];
        for (var l = 0; l < valueOf.Length; l++)
        {
            var known = Array.IndexOf(Levels, categories.Levels[l]);
            valueOf[l] = known < 0 ? double.NaN : Places is null ? known : Places[known] == output ? 1 : 0;
        }
        for (var r = 0; r < source.Length; r++)
        {
            target[r] = double.IsNaN(source[r]) ? double.NaN : valueOf[(int)source[r]];
            if (refuseUnseen && double.IsNaN(target[r]) && !double.IsNaN(source[r]))
            {
                throw new BadInputException(
                    "learning.unseen_level", $"Column '{Source}' is '{categories.Levels[(int)source[r]]}', which no training row was; leave it empty or correct it.", Source);
            }
        }
    }

    public object ToJson() => new { source = Source, levels = Levels, places = Places, outputs = Outputs };

    /// <summary>Only the outputs that are wanted; null where none is.</summary>
    public EncodedColumn? RestrictTo(HashSet<string> wanted)
    {
        var kept = Enumerable.Range(0, Outputs.Length).Where(o => wanted.Contains(Outputs[o])).ToArray();
        if (kept.Length == Outputs.Length)
            return this;
        // Levels whose indicator is gone stay known: their rows are 0 in the others.
        return kept.Length == 0 ? null : this with { Outputs = [.. kept.Select(o => Outputs[o])], Places = [.. Places!.Select(p => Array.IndexOf(kept, p))] };
    }

    public static EncodedColumn Read(JsonElement json)
    {
        var source = PlainJson.Text(json, "source");
        var outputs = PlainJson.Names(json, "outputs");
        var levels = IsNull(json, "levels") ? null : PlainJson.Names(json, "levels");
        if (levels is null || IsNull(json, "places"))
            return outputs.Length == 1 && outputs[0] == source ? new(source, levels, null, outputs) : throw PlainJson.Invalid("outputs", "is not the source's name");
        var places = PlainJson.Numbers(json, "places", levels.Length);
        return Array.TrueForAll(places, p => p >= -1 && p < outputs.Length && p == Math.Floor(p))
            ? new(source, levels, [.. places.Select(p => (int)p)], outputs)
            : throw PlainJson.Invalid("places", "holds a number that is no place");
    }

    private static bool IsNull(JsonElement json, string name) => PlainJson.Property(json, name).ValueKind is JsonValueKind.Null;
}
