using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What the model files of this folder share.</summary>
internal static class ClassifierJson
{
    private const int GreatestClasses = 1000;

    /// <summary>A whole number within limits.</summary>
    public static int Whole(JsonElement json, string name, int least, int greatest)
    {
        var value = PlainJson.Number(json, name);
        return value >= least && value <= greatest && value == Math.Floor(value)
            ? (int)value
            : throw PlainJson.Invalid(name, $"is not a whole number from {least} to {greatest}");
    }

    /// <summary>How many classes: 2 of a binary endpoint, else at least 2.</summary>
    public static int Classes(JsonElement json, EndpointKind kind)
    {
        var classes = Whole(json, "classes", 2, GreatestClasses);
        return kind is not EndpointKind.Binary || classes == 2 ? classes : throw PlainJson.Invalid("classes", "is not 2");
    }

    /// <summary>Ascending distinct places below <paramref name="limit"/>, at least <paramref name="least"/> of them.</summary>
    public static int[] Places(JsonElement json, string name, int limit, int least)
    {
        var list = PlainJson.Array(json, name);
        var numbers = PlainJson.Numbers(json, name, list.GetArrayLength());
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != Math.Floor(numbers[i]) || numbers[i] < 0 || numbers[i] >= limit || (i > 0 && numbers[i] <= numbers[i - 1]))
                throw PlainJson.Invalid(name, "is not a list of ascending places");
        }
        return numbers.Length >= least ? Array.ConvertAll(numbers, n => (int)n) : throw PlainJson.Invalid(name, "is too short");
    }
}
