using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The cumulative hazard of a case whose risk score is 0: a step function that rises at the times of events and is constant after the last.
/// </summary>
/// <param name="Times">Ascending.</param>
/// <param name="Cumulative">The hazard up to and including each time; never falls.</param>
public sealed record BaselineHazard(double[] Times, double[] Cumulative)
{
    /// <summary>The cumulative hazard up to and including <paramref name="time"/>.</summary>
    public double At(double time)
    {
        var place = Array.BinarySearch(Times, time);
        if (place < 0)
            place = ~place - 1;
        return place < 0 ? 0 : Cumulative[place];
    }

    /// <summary>The probability of no event up to and including <paramref name="time"/> at a risk score.</summary>
    public double Survival(double time, double risk)
    {
        var hazard = At(time);
        return hazard == 0 ? 1 : Math.Exp(-hazard * Math.Exp(risk));
    }

    internal object ToPlain() => new { times = Times, cumulative_hazard = Cumulative };

    internal static BaselineHazard Read(JsonElement json)
    {
        var times = PlainJson.Numbers(json, "times", PlainJson.Array(json, "times").GetArrayLength());
        var cumulative = PlainJson.Numbers(json, "cumulative_hazard", times.Length);
        for (var k = 0; k < times.Length; k++)
        {
            if (k > 0 ? times[k] <= times[k - 1] : times[k] < 0)
                throw PlainJson.Invalid("times", "does not ascend");
            if (cumulative[k] < (k > 0 ? cumulative[k - 1] : 0))
                throw PlainJson.Invalid("cumulative_hazard", "falls");
        }
        return new(times, cumulative);
    }
}
