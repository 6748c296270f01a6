namespace RadiogenomicsCloud.Statistics;

internal static class MulticlassInput
{
    public static void Check(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights)
    {
        if (probabilities.Length != classes.Length * classCount || (!weights.IsEmpty && weights.Length != classes.Length))
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities, {classes.Length} rows of {classCount} classes and {weights.Length} weights do not match.", nameof(classes));
        }
        foreach (var p in probabilities)
            if (double.IsNaN(p))
                throw new ArgumentException("A probability is missing.", nameof(probabilities));
        foreach (var c in classes)
            if ((uint)c >= (uint)classCount)
                throw new ArgumentOutOfRangeException(nameof(classes), c, $"A class lies in 0 … {classCount - 1}.");
        BinaryInput.CheckWeights(weights);
    }

    public static void RequireSame(int classesOfOne, int classesOfOther)
    {
        if (classesOfOne != classesOfOther)
            throw new ArgumentException($"Figures of {classesOfOne} and of {classesOfOther} classes cannot be added.", nameof(classesOfOther));
    }
}
