using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Fitting;

/// <summary>Finding columns by name.</summary>
public static class PredictorColumns
{
    /// <summary>Where each of <paramref name="names"/> is in <paramref name="predictors"/>; one that is absent is a <see cref="BadInputException"/> that names it.</summary>
    public static int[] IndexesOf(this Predictors predictors, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(names);
        var indexes = new int[names.Count];
        if (ReferenceEquals(predictors.Columns, names))
        {
            for (var c = 0; c < indexes.Length; c++)
                indexes[c] = c;
            return indexes;
        }
        var positions = new Dictionary<string, int>(predictors.ColumnCount, StringComparer.Ordinal);
        for (var c = 0; c < predictors.ColumnCount; c++)
            positions.TryAdd(predictors.Columns[c], c);
        for (var c = 0; c < indexes.Length; c++)
        {
            if (!positions.TryGetValue(names[c], out indexes[c]))
            {
                var nearest = NearestName.Find(names[c], predictors.Columns);
                throw new BadInputException(
                    "learning.column_missing",
                    $"Column '{names[c]}' is needed but not in the table{(nearest is null ? "" : $" (nearest: '{nearest}')")}; compute it with the model's settings.",
                    names[c]);
            }
        }
        return indexes;
    }
}
